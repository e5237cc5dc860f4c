package dev.owlery.plugins.offline;

import dev.owlery.api.adapter.DoorException;
import dev.owlery.api.adapter.OfflineStore;
import dev.owlery.api.adapter.OfflineStore.Header;
import dev.owlery.api.adapter.OfflineStore.StoredMessage;
import dev.owlery.api.chat.AccountId;
import dev.owlery.api.command.CommandException;
import dev.owlery.api.plugin.Bot;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.incendo.cloud.annotations.Argument;
import org.incendo.cloud.annotations.Command;
import org.incendo.cloud.annotations.CommandDescription;
import org.incendo.cloud.annotations.Permission;

/**
 * The store of messages that a network keeps for an account while it is away, for administrators:
 * to count, list, read and remove what is in it. Stateless; may be called from any thread.
 */
public final class OfflinePlugin implements Plugin {

  private static final String PERMISSION = "admin.offline";
  private static final int SHOWN = 20;

  private final Bot bot;

  @Inject
  OfflinePlugin(Bot bot) {
    this.bot = bot;
  }

  /**
   * Counts the messages in an account's store.
   *
   * @param account the account
   * @return one line
   */
  @Command("offline count <account>")
  @Permission(PERMISSION)
  @CommandDescription("Counts what the network has stored for an account")
  public String count(@Argument("account") String account) {
    return with(account, store -> messages(store.count()) + " stored for " + account);
  }

  /**
   * Lists the messages in an account's store.
   *
   * @param account the account
   * @return a line for each of the first twenty
   */
  @Command("offline list <account>")
  @Permission(PERMISSION)
  @CommandDescription("Lists what the network has stored for an account")
  public List<String> list(@Argument("account") String account) {
    List<Header> all = with(account, OfflineStore::list);
    if (all.isEmpty()) {
      return List.of("nothing is stored for " + account);
    }
    List<String> lines = new ArrayList<>();
    all.stream().limit(SHOWN).forEach(each -> lines.add(each.id() + " from " + each.sender()));
    if (all.size() > SHOWN) {
      lines.add("and " + (all.size() - SHOWN) + " more");
    }
    return lines;
  }

  /**
   * Shows a message in an account's store; it stays there.
   *
   * @param account the account
   * @param id as {@code offline list} shows it
   * @return who says what
   */
  @Command("offline show <account> <id>")
  @Permission(PERMISSION)
  @CommandDescription("Shows a message that the network has stored")
  public String show(@Argument("account") String account, @Argument("id") String id) {
    return with(account, store -> store.fetch(List.of(id))).stream()
        .findFirst()
        .map(OfflinePlugin::described)
        .orElseThrow(() -> new CommandException("no message " + id + " is stored for " + account));
  }

  private static String described(StoredMessage message) {
    return message.sender()
        + message.at().map(at -> ", " + at).orElse("")
        + ": "
        + (message.text().isEmpty() ? "(no text)" : message.text());
  }

  /**
   * Removes a message from an account's store, or all of them.
   *
   * @param account the account
   * @param id as {@code offline list} shows it, or {@code all}
   * @return one line
   */
  @Command("offline remove <account> <id>")
  @Permission(PERMISSION)
  @CommandDescription("Removes a message that the network has stored, or all of them")
  public String remove(@Argument("account") String account, @Argument("id") String id) {
    return with(
        account,
        store -> {
          if (id.equals("all")) {
            int count = store.count();
            store.removeAll();
            return "removed " + messages(count);
          }
          store.remove(List.of(id));
          return "removed " + id;
        });
  }

  private static String messages(int count) {
    return count == 1 ? "1 message" : count + " messages";
  }

  private <T> T with(String account, Function<OfflineStore, T> task) {
    try {
      OfflineStore store =
          bot.door(new AccountId(account), OfflineStore.class)
              .orElseThrow(() -> new CommandException(account + " has no store for messages"));
      return task.apply(store);
    } catch (IllegalArgumentException | DoorException wrong) {
      throw new CommandException(String.valueOf(wrong.getMessage()));
    }
  }
}
