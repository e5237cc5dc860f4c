package dev.owlery.api.plugin;

/**
 * Marks a plugin and gives it a beginning and an end. A plugin is a class with one constructor
 * marked {@code @Inject}, which may ask for {@link Bot}, {@link Store}, {@link Scheduler}, {@link
 * java.time.Clock}, {@link Administration}, {@link dev.owlery.api.command.Commands}, an {@code
 * org.slf4j.Logger} and the plugin's own {@link dev.owlery.api.settings.Settings} records.
 *
 * <p>Its methods marked {@code @Command}, {@link On}, {@link Every} and {@link Cron} are called as
 * declared. Everything that it registers ends with it.
 *
 * <pre>{@code
 * public final class Parrot implements Plugin {
 *   @Command("echo <message>") @Permission("view") @CommandDescription("Repeats the message")
 *   public String echo(@Argument("message") @Greedy String message) { return message; }
 * }
 * }</pre>
 */
public interface Plugin {

  /**
   * Called once before the first event or command, on a virtual thread. If it throws, the plugin is
   * not loaded and nothing of it stays registered.
   *
   * @throws Exception if the plugin cannot work; a {@link dev.owlery.api.settings.SettingException}
   *     if a setting is to blame that only shows now, such as a folder that is not there: its key
   *     and text go to whoever wrote the configuration
   */
  default void start() throws Exception {}

  /**
   * Called once after the last event or command, on a virtual thread, with five seconds to finish.
   *
   * @throws Exception logged; the plugin is unloaded all the same
   */
  default void stop() throws Exception {}
}
