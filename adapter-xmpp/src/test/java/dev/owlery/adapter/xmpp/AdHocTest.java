package dev.owlery.adapter.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.owlery.api.chat.AccountId;
import dev.owlery.api.chat.Identity;
import dev.owlery.core.permission.PermissionSettings;
import dev.owlery.testkit.LiveBot;
import dev.owlery.testkit.xmpp.Prosody;
import dev.owlery.testkit.xmpp.RawXmppClient;
import dev.owlery.testkit.xmpp.Slixmpp;
import dev.owlery.testkit.xmpp.XmppStanza;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The bot's commands, called by slixmpp's client of XEP-0050 and by raw stanzas, over Prosody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdHocTest {

  private static final AccountId HOME = new AccountId("home");
  private static final String COMMANDS = "http://jabber.org/protocol/commands";

  private Prosody prosody;
  private LiveBot bot;
  private Slixmpp ann;
  private Slixmpp admin;
  private String address;

  @BeforeAll
  void begin() {
    prosody = Prosody.start();
    bot =
        Bots.on(
            prosody,
            HOME,
            LiveBot.BotParts.of(FormsPlugin.class)
                .permitting(
                    new PermissionSettings(
                        Map.of("alice", List.of(new Identity(HOME, "admin@localhost"))),
                        Map.of("admin", List.of("alice")),
                        Map.of("admin", List.of("*"), "everyone", List.of("view")))));
    prosody.register("ann", "secret");
    prosody.register("admin", "secret");
    ann = Slixmpp.connect(prosody, "ann", "secret");
    admin = Slixmpp.connect(prosody, "admin", "secret");
    address = Bots.address(prosody);
  }

  @AfterAll
  void end() {
    ann.close();
    admin.close();
    bot.close();
    prosody.close();
  }

  @Test
  void commands_are_listed_to_those_who_may_call_them() {
    assertThat(names(ann)).contains("echo", "paint", "deploy", "lines").doesNotContain("secret");
    assertThat(names(admin)).contains("echo", "secret");
    assertThat(result(ann.ask("features", "to", address)).toString()).contains(COMMANDS);
    assertThat(result(ann.ask("features", "to", address, "node", "echo")).toString())
        .contains(COMMANDS, "jabber:x:data");
  }

  @Test
  void a_form_is_made_of_the_arguments_and_its_values_become_the_call() {
    Map<String, Object> stage = command(ann, "paint");
    assertThat(stage).containsEntry("status", "executing");
    assertThat(fields(stage))
        .extracting(field -> field.get("name") + " " + type(field) + " " + field.get("required"))
        .containsExactly(
            "count text-single true", "colour list-single false", "thick boolean false");
    assertThat(fields(stage).get(1).get("options")).isEqualTo(List.of("red", "blue"));
    Map<String, Object> done =
        submit(
            ann, "paint", stage, "complete", Map.of("count", "3", "colour", "blue", "thick", "1"));
    assertThat(done).containsEntry("status", "completed");
    assertThat(notes(done)).containsExactly("3 BLUE thick");
  }

  @Test
  void a_value_that_is_wrong_is_asked_again_or_answered_with_the_usage() {
    Map<String, Object> stage = command(ann, "paint");
    Map<String, Object> again = submit(ann, "paint", stage, "complete", Map.of("colour", "blue"));
    assertThat(again).containsEntry("status", "executing");
    assertThat(notes(again)).containsExactly("count is missing");
    Map<String, Object> done = submit(ann, "paint", again, "complete", Map.of("count", "many"));
    assertThat(notes(done)).singleElement().asString().contains("Usage: !paint");
  }

  @Test
  void questions_are_further_stages() {
    Map<String, Object> first = command(ann, "deploy");
    Map<String, Object> second = submit(ann, "deploy", first, "next", Map.of("service", "web"));
    assertThat(second).containsEntry("status", "executing");
    assertThat(fields(second).getFirst().get("options"))
        .isEqualTo(List.of("staging", "production"));
    Map<String, Object> third = submit(ann, "deploy", second, "next", Map.of("answer", "staging"));
    assertThat(fields(third)).extracting(AdHocTest::type).containsExactly("boolean", "text-single");
    Map<String, Object> done =
        submit(ann, "deploy", third, "complete", Map.of("sure", "1", "times", "2"));
    assertThat(notes(done)).containsExactly("web staging true 2");
  }

  @Test
  void a_session_can_be_cancelled_at_each_stage() {
    Map<String, Object> first = command(ann, "deploy");
    assertThat(submit(ann, "deploy", first, "cancel", Map.of()))
        .containsEntry("status", "canceled");
    Map<String, Object> second =
        submit(ann, "deploy", command(ann, "deploy"), "next", Map.of("service", "web"));
    assertThat(submit(ann, "deploy", second, "cancel", Map.of()))
        .containsEntry("status", "canceled");
    assertThat(order(ann, "deploy", second, "next", Map.of("answer", "staging")))
        .containsEntry("error", "not-allowed");
  }

  @Test
  void more_than_a_line_is_a_form_of_results() {
    Map<String, Object> done = command(ann, "lines");
    assertThat(done).containsEntry("status", "completed");
    assertThat(fields(done).getFirst().get("value").toString()).contains("line 1", "line 30");
  }

  @Test
  void what_is_forbidden_unknown_or_anothers_is_refused_with_the_right_error() {
    assertThat(ann.ask("command", "to", address, "node", "secret"))
        .containsEntry("error", "forbidden");
    assertThat(ann.ask("command", "to", address, "node", "nonsense"))
        .containsEntry("error", "item-not-found");
    assertThat(notes(command(admin, "secret"))).containsExactly("hush");
    Map<String, Object> stage =
        submit(admin, "deploy", command(admin, "deploy"), "next", Map.of("service", "web"));
    Map<String, Object> stolen = order(ann, "deploy", stage, "next", Map.of("answer", "staging"));
    assertThat(stolen).containsEntry("error", "bad-request");
    assertThat(stolen.get("xml").toString()).contains("bad-sessionid");
    assertThat(submit(admin, "deploy", stage, "next", Map.of("answer", "staging")))
        .containsEntry("status", "executing");
    Map<String, Object> wrong =
        ann.ask(
            "command", "to", address, "node", "deploy", "session", "nonsense", "action", "next");
    assertThat(wrong).containsEntry("error", "not-allowed");
    assertThat(wrong.get("xml").toString()).contains("session-expired");
  }

  @Test
  void what_a_command_says_is_never_xml() {
    for (String text : List.of("<x/>&amp;]]>\"'", "</note></command></iq><message to='ann'/>")) {
      assertThat(
              notes(submit(ann, "echo", command(ann, "echo"), "complete", Map.of("message", text))))
          .containsExactly(text);
    }
  }

  @Test
  void raw_requests_that_make_no_sense_get_an_error_and_harm_nobody() {
    try (RawXmppClient mallory = RawXmppClient.join(prosody, "mallory")) {
      for (String request :
          List.of(
              "<command xmlns='" + COMMANDS + "'/>",
              "<command xmlns='" + COMMANDS + "' node='echo' action='nonsense'/>",
              "<command xmlns='" + COMMANDS + "' node='echo' action='prev'/>",
              "<command xmlns='" + COMMANDS + "' node='echo' sessionid='x' action='complete'/>",
              "<command xmlns='" + COMMANDS + "' node='" + "x".repeat(4_000) + "'/>")) {
        XmppStanza answer = mallory.ask(address, "set", request);
        assertThat(answer.type()).as(request).isEqualTo("error");
      }
    }
    assertThat(
            notes(submit(ann, "echo", command(ann, "echo"), "complete", Map.of("message", "hi"))))
        .containsExactly("hi");
  }

  private List<String> names(Slixmpp client) {
    List<?> items = (List<?>) result(client.ask("items", "to", address, "node", COMMANDS));
    return items.stream().map(item -> ((List<?>) item).get(1).toString()).toList();
  }

  private static Object result(Map<String, Object> answer) {
    return Optional.ofNullable(answer.get("result"))
        .orElseThrow(() -> new AssertionError(answer.toString()));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> command(Slixmpp client, String node) {
    return (Map<String, Object>) result(client.ask("command", "to", address, "node", node));
  }

  private Map<String, Object> order(
      Slixmpp client,
      String node,
      Map<String, Object> stage,
      String action,
      Map<String, String> form) {
    return client.ask(
        "command",
        "to",
        address,
        "node",
        node,
        "session",
        stage.get("session"),
        "action",
        action,
        "form",
        form);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> submit(
      Slixmpp client,
      String node,
      Map<String, Object> stage,
      String action,
      Map<String, String> form) {
    return (Map<String, Object>) result(order(client, node, stage, action, form));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> fields(Map<String, Object> stage) {
    return (List<Map<String, Object>>) ((Map<String, Object>) stage.get("form")).get("fields");
  }

  /** Of a field that says none. */
  private static Object type(Map<String, Object> field) {
    return field.get("type").equals("") ? "text-single" : field.get("type");
  }

  private static List<String> notes(Map<String, Object> stage) {
    return ((List<?>) stage.get("notes"))
        .stream().map(note -> ((List<?>) note).get(1).toString()).toList();
  }
}
