"""The ways out: a decision and its variant reach a page, an app, an e-mail provider.

flags.py      flags of OpenFeature, answered from a library
provider.py   the same as a provider of its SDK; exposure_hook.py puts on record what that answers
audience/     a whole list of people, decided from tables to tables
export/       one campaign as templates of an e-mail provider, proven on its engine
"""
