"""Second gateways, on boxes of their own, which report to this appliance and go by what was agreed here."""
