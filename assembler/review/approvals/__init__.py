"""What was decided about cards, and what is approved by it.

How an approval flows, a file for each step:

    a card of the plan is looked at         sampling/digests.py     Card: a variant with the digests of its subjects
      -> somebody decides about it          approvals/decision.py   ReviewDecision: a verdict on these digests
           (kept in reviews/: approvals/decision_files.py; from a page or a file: approvals/inbox.py)
      -> each subject has a status          approvals/status.py     ApprovalStatus: approved, changes, expired, waiting
           (the next plan keeps what is approved: sampling/planner.py)
      -> a release waits for the rest       approvals/gate.py       Gate: what the policy wants approved and is not

A subject is a component, a pair of them, or a layout with its defaults. A digest is of content, so a decision outlasts
renamed files and is void as soon as what it was about says something else.
"""
