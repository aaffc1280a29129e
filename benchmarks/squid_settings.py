"""squid as a transparent proxy that opens TLS (ssl-bump) and inspects nothing: the most that a proxy in C++ carries."""

import shutil
import subprocess
from pathlib import Path

CERTIFICATE_MAKER = Path("/usr/lib/squid/security_file_certgen")
"""Debian's squid-openssl brings it, the package squid does not."""
USER = "proxy"


def write_squid(http: int, https: int, folder: Path, authority: Path) -> Path:
    """``authority``: key and certificate in one PEM."""
    store, ours = folder / "certificates", folder / "authority.pem"
    subprocess.run([CERTIFICATE_MAKER, "-c", "-s", store, "-M", "20MB"], check=True, capture_output=True)
    shutil.copyfile(authority, ours)
    file = folder / "squid.conf"
    file.write_text(
        f"""http_port {http} intercept
https_port {https} intercept ssl-bump cert={ours} generate-host-certificates=on dynamic_cert_mem_cache_size=20MB
http_port {https + 1}
sslcrtd_program {CERTIFICATE_MAKER} -s {store} -M 20MB
acl first at_step SslBump1
ssl_bump peek first
ssl_bump bump all
tls_outgoing_options cafile={folder.parent}/origin.pem
sslproxy_cert_sign signTrusted all
visible_hostname squid.test
http_access allow all
host_verify_strict off
cache deny all
access_log none
cache_log {folder}/cache.log
cache_effective_user {USER}
pid_filename {folder}/pid
coredump_dir {folder}
max_filedescriptors 16384
shutdown_lifetime 1 second
"""
    )
    for each in (folder, *folder.rglob("*")):
        shutil.chown(each, USER, USER)
    return file
