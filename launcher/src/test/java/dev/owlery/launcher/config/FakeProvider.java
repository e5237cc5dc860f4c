package dev.owlery.launcher.config;

import dev.owlery.api.adapter.Adapter;
import dev.owlery.api.adapter.AdapterContext;
import dev.owlery.api.adapter.AdapterProvider;
import dev.owlery.api.settings.Default;
import dev.owlery.api.settings.Secret;
import dev.owlery.api.settings.SettingException;
import dev.owlery.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A protocol whose settings have every type that settings may have. */
final class FakeProvider implements AdapterProvider {

  private final String protocol;

  FakeProvider(String protocol) {
    this.protocol = protocol;
  }

  enum Encryption {
    REQUIRED,
    OFF,
    AS_OFFERED
  }

  @Settings
  record Login(String user, Secret password, @Default("none") String code) {
    Login {
      if (user.equals("x") && code.equals("none")) {
        throw new SettingException("code", "is needed");
      }
    }
  }

  @Settings
  record Flood(@Default("4") int burst, @Default("1") double perSecond) {
    Flood {
      if (burst < 0) {
        throw new SettingException("burst", "must not be negative");
      }
    }
  }

  @Settings
  record Fake(
      String host,
      @Default("6697") int port,
      @Default("9999999999") long large,
      @Default("required") Encryption tls,
      @Default("true") boolean rejoin,
      @Default("30s") Duration patience,
      Optional<Path> log,
      Optional<Login> sasl,
      @Default("{}") Flood flood,
      List<String> rooms,
      @Default("[ a, b ]") List<String> words,
      Map<String, Duration> pauses,
      Optional<Secret> token) {

    Fake {
      if (tls == Encryption.OFF && !host.equals("localhost")) {
        throw new IllegalArgumentException("tls = off is for localhost only");
      }
    }
  }

  @Override
  public String protocol() {
    return protocol;
  }

  @Override
  public Class<? extends Record> settingsType() {
    return Fake.class;
  }

  @Override
  public Adapter create(Record settings, AdapterContext context) {
    throw new UnsupportedOperationException("no network here");
  }
}
