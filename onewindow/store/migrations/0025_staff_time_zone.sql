-- In which zone a colleague sees times, whatever computer runs the program; empty: in that of the computer.
ALTER TABLE staff ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
