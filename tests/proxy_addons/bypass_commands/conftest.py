"""The command, with settings that keep all below one folder."""

from datetime import UTC, datetime

import pytest

from proxy_addons.bypass_commands.command import main
from tests.proxy_addons.conftest import settings

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
ADD = ("--reason", "bank", "--why", "Our staff's credit union.", "--by", "m.hughes")
WHY = ("--why", "Asked for.", "--by", "m.hughes")


@pytest.fixture
def gatehouse(tmp_path, capsys):
    (tmp_path / "lists").mkdir()
    config = settings(tmp_path, "http://127.0.0.1:9", {}, bypass="lists")

    def run(*arguments):
        """Exit status, what was printed, what was complained about."""
        status = main([arguments[0], "--config", str(config), *arguments[1:]], lambda: NOW)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
