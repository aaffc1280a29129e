"""A forum with threads, kept in memory; whoever replies sees the thread again with the reply in it."""

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from threading import Lock

from appliance.sample.exchange import Request, Response, not_found, see_other
from appliance.sample.pages import page


@dataclass(frozen=True, slots=True)
class ForumPost:
    author: str
    text: str


@dataclass(slots=True)
class Thread:
    name: str
    board: str
    title: str
    picture: str
    posts: list[ForumPost] = field(default_factory=list)


class Forum:
    def __init__(self) -> None:
        table = tomllib.loads((files("appliance.sample") / "threads.toml").read_text("utf-8"))
        self._threads = {name: _thread(name, entry) for name, entry in table.items()}
        self._lock = Lock()

    def __call__(self, request: Request) -> Response:
        if request.path == "/":
            return page("forum.html", threads=list(self._threads.values()))
        _, _, rest = request.path.partition("/thread/")
        name, _, action = rest.partition("/")
        thread = self._threads.get(name)
        if thread is None:
            return not_found()
        if action == "reply" and request.method == "POST":
            return self._reply(thread, request)
        return page("thread.html", thread=thread, posts=tuple(thread.posts))

    def _reply(self, thread: Thread, request: Request) -> Response:
        post = ForumPost(request.form.get("author", "guest"), request.form.get("text", ""))
        with self._lock:
            thread.posts.append(post)
        return see_other(f"/thread/{thread.name}")


def _thread(name: str, entry: dict[str, object]) -> Thread:
    posts = entry["posts"]
    if not isinstance(posts, list):
        raise ValueError(f"threads.toml: {name}: posts must be a list")
    return Thread(
        name=name,
        board=str(entry["board"]),
        title=str(entry["title"]),
        picture=str(entry["picture"]),
        posts=[ForumPost(str(author), str(text)) for author, text in posts],
    )
