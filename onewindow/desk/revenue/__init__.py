"""What clients bring and cost us: profit by client and kind of work, trends, losses, referrals."""
