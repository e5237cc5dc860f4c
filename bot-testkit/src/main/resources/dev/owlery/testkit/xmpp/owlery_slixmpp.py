"""A slixmpp client that does what JSON lines on standard input say, and tells on standard output what happens.

As a program it is an ordinary person (see PERSON below). Other scripts import it for what they need besides:
they subclass Client, add methods do_SOMETHING(order), and end with run(TheirClient).

Arguments: host port jid password encryption(off|starttls) authority.
An order is an object with "do" and perhaps "id"; with an id, one line {"event": "answer", "id": ...} follows, with
"result" or "error".
"""

import asyncio
import json
import sys

import slixmpp
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.xmlstream import ET, tostring

PERSON = ["xep_0004", "xep_0030", "xep_0045", "xep_0050", "xep_0060", "xep_0092", "xep_0199", "xep_0203"]


def tell(event, **more):
    print(json.dumps({"event": event, **more}), flush=True)


class Client(slixmpp.ClientXMPP):
    def __init__(self, jid, password, plugins=PERSON):
        super().__init__(jid, password)
        for plugin in plugins:
            self.register_plugin(plugin)
        self.tasks = set()  # asyncio itself holds them only weakly
        self.add_event_handler("session_start", self.on_start)
        self.add_event_handler("message", self.on_message)
        self.add_event_handler("disconnected", lambda reason: tell("disconnected"))
        self.add_event_handler("failed_auth", lambda event: tell("refused"))

    def begin(self, work):
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def on_start(self, event):
        self.send_presence()
        tell("online", address=self.boundjid.full)

    def on_message(self, message):
        tell(
            "message",
            **{"from": message["from"].full},
            type=message["type"],
            id=message["id"],
            body=message["body"],
            delayed=message.xml.find("{urn:xmpp:delay}delay") is not None,
            xml=tostring(message.xml),
        )

    async def obey(self, order):
        try:
            result = getattr(self, "do_" + order["do"])(order)
            if asyncio.iscoroutine(result):
                result = await result
            answer = {"result": result}
        except IqError as error:
            answer = {"error": error.condition, "xml": tostring(error.iq.xml)}
        except IqTimeout:
            answer = {"error": "timeout"}
        except Exception as fault:
            answer = {"error": type(fault).__name__ + ": " + str(fault)}
        if "id" in order or "error" in answer:
            tell("answer", id=order.get("id"), **answer)

    def do_say(self, order):
        self.send_message(order["to"], order["body"], mtype=order.get("type", "chat"))

    def do_raw(self, order):
        self.send_raw(order["xml"])

    async def do_enter(self, order):
        await self["xep_0045"].join_muc_wait(order["room"], order["nick"], maxstanzas=0)

    async def do_features(self, order):
        info = await self["xep_0030"].get_info(order["to"], node=order.get("node"))
        return sorted(info["disco_info"]["features"])

    async def do_items(self, order):
        found = await self["xep_0030"].get_items(order["to"], node=order.get("node"))
        return [[str(jid), node, name] for jid, node, name in found["disco_items"]["items"]]

    async def do_command(self, order):
        """XEP-0050: action, session and the filled-in form are optional."""
        payload = None
        if "form" in order:
            payload = self["xep_0004"].make_form(ftype="submit")
            for name, value in order["form"].items():
                payload.add_field(var=name, value=value)
        answer = await self["xep_0050"].send_command(
            order["to"],
            order["node"],
            sessionid=order.get("session"),
            payload=payload,
            action=order.get("action", "execute"),
        )
        command = answer["command"]
        form = command.xml.find("{jabber:x:data}x")
        return {
            "status": command["status"],
            "session": command["sessionid"],
            "notes": [list(note) for note in command["notes"]],
            "actions": sorted(command["actions"]),
            "form": None if form is None else self.form(command),
            "xml": tostring(answer.xml),
        }

    @staticmethod
    def form(command):
        form = command["form"]
        fields = []
        for field in form.get_fields().values():
            fields.append(
                {
                    "name": field["var"],
                    "type": field["type"],
                    "label": field["label"],
                    "required": field["required"],
                    "value": field["value"],
                    "options": [option["value"] for option in field["options"]],
                }
            )
        return {"type": form["type"], "title": form["title"], "fields": fields}

    def do_stop(self, order):
        self.disconnect()


async def listen(client):
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=1 << 24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        client.begin(client.obey(json.loads(line)))
    client.abort()
    loop.stop()


def run(kind=Client):
    host, port, jid, password, encryption, authority = sys.argv[1:7]
    client = kind(jid, password)
    client.ca_certs = authority
    client.connect((host, int(port)), disable_starttls=encryption == "off", force_starttls=encryption != "off")
    client.begin(listen(client))
    client.loop.run_forever()


if __name__ == "__main__":
    run()
