// Ask the device for a passkey as soon as the page is there, and send what it says. Only passkeys need this file.
"use strict";

const form = document.querySelector("form[data-passkey]");
const asking = form.querySelector("[data-asking]");
const failed = form.querySelector("[data-failed]");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

function creation(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  return { ...options, user, challenge: bytes(options.challenge), excludeCredentials: named(options.excludeCredentials) };
}

function request(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
}

function said(credential) {
  const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = credential.response;
  const parts = { clientDataJSON, attestationObject, authenticatorData, signature, userHandle };
  const response = Object.fromEntries(Object.entries(parts).filter(([, part]) => part).map(([name, part]) => [name, text(part)]));
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

function why(error) {
  if (error.name === "InvalidStateError") return "This device has a passkey of yours already.";
  if (error.name === "SecurityError") return "This browser uses no passkeys at this address.";
  if (error.name === "NotAllowedError") return "No passkey was given. Ask again, or choose another device.";
  return "This browser could not use a passkey.";
}

function tell(what) {
  asking.hidden = true;
  failed.textContent = what;
  failed.hidden = false;
}

async function ask() {
  if (!window.PublicKeyCredential) return tell("This browser knows no passkeys.");
  asking.textContent = asking.dataset.asking;
  const options = JSON.parse(form.dataset.options);
  try {
    const makes = form.dataset.passkey === "create";
    const credential = makes
      ? await navigator.credentials.create({ publicKey: creation(options) })
      : await navigator.credentials.get({ publicKey: request(options) });
    form.elements.answer.value = said(credential);
    form.requestSubmit();
  } catch (error) {
    tell(why(error));
  }
}

// After a refusal the page waits: who reads why must not have a new question over it.
if (form.dataset.passkey !== "wait") ask();
