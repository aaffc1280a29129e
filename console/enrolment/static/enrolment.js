// The trust check: a picture loads from the gateway only where its certificate is trusted. Nothing is sent but the request.
(function () {
  "use strict";
  var state = document.getElementById("state");
  if (!state) { return; }
  var host = state.getAttribute("data-check");
  var said = false;

  function say(which) {
    if (said) { return; }
    said = true;
    document.getElementById("checking").hidden = true;
    document.getElementById(which).hidden = false;
  }

  function load(address, yes, no) {
    var picture = new Image();
    picture.onload = yes;
    picture.onerror = no;
    picture.src = address + "?" + Date.now();
  }

  document.getElementById("checking").hidden = false;
  load("https://" + host + "/state.svg", function () { say("trusted"); }, function () {
    // Was it the certificate, or did the name lead nowhere? In the clear the same name leads to this page's own server.
    load("http://" + host + "/reached.svg", function () { say("untrusted"); }, function () { say("unknown"); });
  });
  setTimeout(function () { say("unknown"); }, 15000);
}());
