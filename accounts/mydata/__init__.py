"""What a member can take along: who contributes what, the archive that it becomes, and the pages where they ask."""
