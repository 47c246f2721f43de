"""The templates of an export, run for every token, and compared with the variants that the library makes.

cases.py                       whom a template is run for, and what they have to get
equality.py                    what counts as the same
proving.py                     all cases of all parts
engines.py                     the engine of a provider, as far as it is here
liquid.py, django.py, handlebars.py    real engines
own_readers/                   what stands in for engines that nobody can install: it proves the form, no more
"""
