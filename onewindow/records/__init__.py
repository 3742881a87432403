"""What a client, a request, a promise … is: frozen dataclasses that know nothing else.

Import the module of a section (`from onewindow.records.clients import Client`): no start of the program needs
all of them, and each class costs time to make, though its fields are described on demand (`records.structs`).
"""
