"""What people see: the volunteer's page, certificates and their verification, the API documents."""
