"""Several people at work in one process, from one seed, against a plain model in memory."""
