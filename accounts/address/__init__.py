"""Moving an account to another e-mail address: both mailboxes are asked, or a week passes without a no."""
