"""What a gateway counts and what ails it, in words for people: by the names in its status file, in the order shown."""

SEEN = {
    "flows": "Requests seen",
    "megabytes": "Megabytes read",
    "documents": "Documents read",
    "disagreed": "Named a host that is left alone and went elsewhere: read",
    "upstream_refused": "Sites that refused the gateway",
}
CLEAR = {
    "SMTP": "Mail sent (SMTP)",
    "IMAP": "Mail fetched (IMAP)",
    "POP3": "Mail fetched (POP3)",
    "IRC": "Chat (IRC)",
    "XMPP": "Chat (XMPP)",
    "MQTT": "Chat (MQTT)",
    "NNTP": "News (NNTP)",
    "FTP": "File transfers (FTP)",
}
DELIVERY = {
    "reported": "Detections made",
    "waiting": "Waiting to be delivered",
    "set_aside": "Refused by the appliance, kept on the gateway",
    "without_evidence": "Their recording was lost",
    "unreported": "Lost: the gateway could not keep them",
    "canaries": "Tests with the canary",
    "stale_canaries": "No test: a canary of another hour or key (“gatehouse canary show” says this hour’s)",
}
TROUBLES = {
    "outbox_error": "It cannot keep what it finds on its disk.",
    "no_room": "Its disk is nearly full: what it finds is kept, but not what was on the screen.",
    "delivery_error": "It cannot deliver what it finds to the appliance.",
    "bindings_error": "It does not know which address stands for whom.",
    "illegal_error": "It cannot use the newest edition of a list of illegal content, and goes by the one before.",
    "library_error": "It does not get the newest library, and compares with the one it has.",
}
UNREAD = {
    "refused": "The device or app would not accept inspection",
    "file": "A file over FTP: it goes by a connection of its own, which is not led here",
    "not-http": "Neither the web nor mail, chat or news in clear",
    "encrypted": "Turned to encryption midway",
    "binary": "A chat message in bytes without words",
    "coding": "Packed in an unknown or broken way",
    "large": "Very long: only the first part was read",
    "document-encrypted": "A document with a password",
    "document-unknown": "A document of a kind that is not read",
    "document-broken": "A damaged document, or one that did not come whole: what could be read was",
    "document-large": "A very long document: only the first part was read",
    "document-timeout": "Reading a document took too long",
    "document-crashed": "A document that could not be read",
    "timeout": "Reading it took too long",
    "overload": "Too much at once",
}
UPSTREAM = {
    "expired": "Expired",
    "not-yet-valid": "Valid only from a later day on",
    "wrong-host": "Of another site",
    "self-signed": "Vouched for by the site itself alone",
    "unknown-issuer": "Of an unknown issuer",
    "revoked": "Withdrawn by its issuer",
    "invalid": "Damaged, or meant for something else",
}
BYPASSED = {
    "helpline": "Helplines",
    "health": "Health",
    "bank": "Banks and payment",
    "exam-board": "Exam boards",
    "school-record": "School records",
    "union": "Unions",
    "faith": "Counsel in matters of faith",
    "learned": "Apps that refuse to be read",
    "own-console": "This console",
    "device-service": "Services of the devices themselves",
    "video": "Films and video",
    "names-only": "Networks in which nothing is read",
}
CLOSED = {
    "not-tls": "Neither the web nor TLS",
    "hello": "Broken TLS",
    "ech": "The site’s name was encrypted",
}

AT_THE_FIREWALL = {
    "connections": "Connections begun",
    "passed": "To services that are never opened (video, updates)",
    "quic": "QUIC, refused so that browsers use what can be read",
    "ordinary": "Known ports that are not read (mail, calls)",
    "tunnels": "Ports and protocols that may hide something",
    "missed": "Should have been read, and found no worker",
}
