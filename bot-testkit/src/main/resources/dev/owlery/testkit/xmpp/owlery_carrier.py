"""Plays the old carrier of files: raw SOCKS5 bytestreams, and lines of chat that name what they carry.

As a receiver it has one file at a time, and calls it what was said last when its stream ends. It may also follow a
node and publish there what it has sent and received.
"""

import hashlib
import os
from datetime import datetime

import owlery_slixmpp as base

ANNOUNCED = "Send file: "


class Carrier(base.Client):
    def __init__(self, jid, password):
        super().__init__(jid, password)
        self.register_plugin("xep_0045")
        self.register_plugin("xep_0060")
        self.register_plugin("xep_0065", {"auto_accept": True})
        self.room = None
        self.last_name = "unknown"
        self.content = hashlib.sha256()
        self.size = 0
        self.sending = 0
        self.service = None
        self.node = None
        self.add_event_handler("socks5_data", self.on_data)
        self.add_event_handler("socks5_closed", self.on_closed)
        self.add_event_handler("pubsub_publish", self.on_item)

    def on_message(self, message):
        super().on_message(message)
        mine = message["type"] == "groupchat" or message["to"].full == self.boundjid.full
        if mine and ANNOUNCED in message["body"]:
            self.last_name = message["body"].split(": ")[1]

    def on_data(self, data):
        self.content.update(data)
        self.size += len(data)

    def on_closed(self, trouble):
        if self.sending:
            self.sending -= 1
            base.tell("sent")
            return
        base.tell("stored", name=self.last_name, sha256=self.content.hexdigest(), size=self.size)
        if self.room:
            self.send_message(self.room, "New file: " + self.last_name, mtype="groupchat")
        self.begin(self.publish("received", self.last_name))
        self.last_name = "unknown"
        self.content = hashlib.sha256()
        self.size = 0

    def on_item(self, message):
        for item in message["pubsub_event"]["items"]["substanzas"]:
            base.tell("item", xml=base.tostring(item.xml))

    async def publish(self, action, name):
        if self.node:
            payload = base.ET.Element("{urn:x:carrier}file")
            facts = {"date": str(datetime.now()), "file": name, "action": action, "author": self.boundjid.full}
            for fact, value in facts.items():
                base.ET.SubElement(payload, "{urn:x:carrier}" + fact).text = value
            await self["xep_0060"].publish(self.service, self.node, payload=payload)

    async def do_enter(self, order):
        await super().do_enter(order)
        self.room = order["room"]

    async def do_stream(self, order):
        self.sending += 1
        content = os.urandom(order["size"])
        try:
            proxy = await self["xep_0065"].handshake(base.slixmpp.JID(order["to"]))
        except Exception:
            self.sending -= 1
            raise
        for start in range(0, len(content), 100):
            await proxy.write(content[start:start + 100])
        proxy.transport.write_eof()
        return hashlib.sha256(content).hexdigest()

    async def do_send(self, order):
        try:
            return await self.do_stream(order)
        finally:
            self.do_name(order)
            await self.publish("sent", order["name"])

    def do_name(self, order):
        where = self.room if self.room else order["to"]
        kind = "groupchat" if self.room else "chat"
        self.send_message(where, ANNOUNCED + order["name"], mtype=kind)

    async def do_follow(self, order):
        self.service = order["service"]
        self.node = order["node"]
        await self["xep_0060"].subscribe(self.service, self.node, bare=False)


if __name__ == "__main__":
    base.run(Carrier)
