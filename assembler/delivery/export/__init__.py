"""A campaign as templates of an e-mail provider: every variant at once, chosen by one attribute of a person.

neutral.py, neutral_parts.py   what a part holds in no provider's words
text_places.py                 where in a document a text stands
neutralise.py                  text that no engine takes for code
emission.py, emitters/         the neutral form in a provider's words; one provider a file
providers.yaml                 what the providers' documentation says, each with its source
outcomes.py                    which variants there are, by key or by cell
refusals.py, rules.py          what cannot be honoured, and the rules X01 to X08
proof/                         the templates run on the real engines
export.py                      all of it, in one step
"""
