"""What files of other programs call the columns of each field: kind of record → field → its names.

The names of a field stand here, beside its record, as soon as they take more than a line; fewer stand in
its declaration (`words=`). Either way its name and label are known, and nothing else has to be told of it.
No start reads these modules, only an import does.
"""
