"""A person whose slixmpp calls procedures and serves some (XEP-0009), by slixmpp's own codec.

Values travel to and from Java as JSON, except {"base64": ...}, {"time": ...} and {"nil": true}.
"""

from owlery_slixmpp import Client, PERSON, run, tell
from slixmpp.plugins.xep_0009.binding import fault2xml, py2xml, rpcbase64, rpctime, xml2fault, xml2py


def from_java(value):
    if isinstance(value, list):
        return [from_java(each) for each in value]
    if isinstance(value, dict):
        if list(value) == ["base64"]:
            return rpcbase64(value["base64"].encode())
        if list(value) == ["time"]:
            return rpctime(value["time"])
        if list(value) == ["nil"]:
            return None
        return {name: from_java(each) for name, each in value.items()}
    return value


def to_java(value):
    if value is None:
        return {"nil": True}
    if isinstance(value, list):
        return [to_java(each) for each in value]
    if isinstance(value, dict):
        return {name: to_java(each) for name, each in value.items()}
    if isinstance(value, rpcbase64):
        return {"base64": value.encoded()}
    if isinstance(value, rpctime):
        return {"time": str(value)}
    return value


class Caller(Client):
    def __init__(self, jid, password):
        super().__init__(jid, password, PERSON + ["xep_0009"])
        self.add_event_handler("jabber_rpc_method_call", self.on_call)
        for event in ("jabber_rpc_method_response", "jabber_rpc_method_fault", "jabber_rpc_error"):
            self.add_event_handler(event, lambda iq: None)

    async def do_call(self, order):
        arguments = [from_java(each) for each in order["arguments"]]
        request = self["xep_0009"].make_iq_method_call(order["to"], order["method"], py2xml(*arguments))
        answer = await request.send(timeout=15)
        response = answer["rpc_query"]["method_response"]
        if response["fault"] is not None:
            return {"fault": xml2fault(response["fault"])}
        return {"values": to_java(xml2py(response["params"]))}

    def on_call(self, iq):
        method = iq["rpc_query"]["method_call"]["method_name"]
        arguments = xml2py(iq["rpc_query"]["method_call"]["params"])
        tell("call", method=method, arguments=to_java(arguments), **{"from": iq["from"].full})
        rpc = self["xep_0009"]
        if method == "slix.echo":
            rpc.make_iq_method_response(iq["id"], iq["from"], py2xml(*arguments[:1])).send()
        elif method == "slix.nothing":
            rpc.make_iq_method_response(iq["id"], iq["from"], py2xml()).send()
        elif method == "slix.fault":
            fault = fault2xml({"code": 42, "string": "no & never"})
            rpc.make_iq_method_response_fault(iq["id"], iq["from"], fault).send()
        elif method == "slix.forbidden":
            rpc._forbidden(iq).send()
        else:
            rpc._item_not_found(iq).send()


run(Caller)
