"""What a client, a request, a promise … is: frozen dataclasses that know nothing else.

Import the module of a section (`from onewindow.records.clients import Client`): a dataclass costs about a
millisecond to build, and no start of the program needs all of them.
"""
