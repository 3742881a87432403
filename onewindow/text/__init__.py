"""Text as people write and read it: cleaning, cell widths, folding, dates, money, phones and small bars.

Import the module that is needed (`from onewindow.text.clean import clean`): the command line starts through
these modules, so nothing is imported here.
"""
