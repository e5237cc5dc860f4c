package dev.owlery.launcher;

import dev.owlery.launcher.config.Configuration.AccountConfiguration;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets an account be online twice: a network that tells the logins of one account apart by a name
 * that the configuration gives (XMPP's resource) would otherwise end the bot's own one.
 */
final class ParallelLogin {

  private static final String KEY = "resource";

  private ParallelLogin() {}

  /** The same account under another name for this login, if it has one. */
  static AccountConfiguration of(AccountConfiguration account) {
    RecordComponent[] components = account.settings().getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    boolean named = false;
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(components[i], account.settings());
      if (components[i].getName().equals(KEY) && values[i] instanceof String resource) {
        values[i] = resource + "-" + mark();
        named = true;
      }
    }
    return named
        ? new AccountConfiguration(
            account.id(), account.provider(), copy(account.settings(), types, values))
        : account;
  }

  private static String mark() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  private static Object value(RecordComponent component, Record settings) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Record copy(Record settings, Class<?>[] types, Object[] values) {
    try {
      Constructor<? extends Record> constructor = settings.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
