"""Settings as TOML."""

import tomllib

from appliance.provisioning.toml_text import HEAD, Value, toml


def test_what_is_written_is_read_as_it_was() -> None:
    top: dict[str, Value] = {"school": 'Ysgol “Bryn” \\ "Hill"\n', "port": 80, "ratio": 0.5, "open": True}
    top |= {"hosts": ["a", "b"], "none": list[str]()}
    text = toml(top, {"of networks": {"10.20.0.0/16": "block"}}, {"contact": [{"role": "lead"}, {"role": "deputy"}]})
    assert text.startswith(HEAD)
    assert tomllib.loads(text) == top | {
        "of networks": {"10.20.0.0/16": "block"},
        "contact": [{"role": "lead"}, {"role": "deputy"}],
    }
