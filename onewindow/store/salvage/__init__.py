"""What a damaged file still holds, read without SQLite."""
