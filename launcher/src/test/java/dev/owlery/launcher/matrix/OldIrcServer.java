package dev.owlery.launcher.matrix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An IRC server as RFC 1459 has it, and nothing later: no CAP, no line that says what it supports,
 * no accounts, no times, nicks of nine characters. One lock guards all of it.
 */
final class OldIrcServer implements AutoCloseable {
  private static final String NAME = "irc.old";
  private static final int NICK_LENGTH = 9;

  private final ServerSocket listener;
  private final Map<String, Client> clients = new LinkedHashMap<>();
  private final Map<String, Room> rooms = new LinkedHashMap<>();

  /** A room: who is in it, the first of them its operator. */
  private static final class Room {
    private final Set<Client> members = new LinkedHashSet<>();
    private boolean inviteOnly;
  }

  OldIrcServer() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    Thread.ofVirtual().name("old-irc").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Client client = new Client(listener.accept());
        Thread.ofVirtual().name("old-irc-client").start(client::read);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('[', '{').replace(']', '}').replace('\\', '|');
  }

  /** One connection. */
  private final class Client {
    private final Socket socket;
    private final OutputStream out;
    private String nick = "";
    private String away = "";
    private boolean hasUser;
    private boolean isWelcome;

    Client(Socket socket) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
    }

    void read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          synchronized (OldIrcServer.this) {
            answer(line);
          }
        }
      } catch (IOException lost) {
        say("ERROR :lost");
      } finally {
        synchronized (OldIrcServer.this) {
          gone();
        }
      }
    }

    private void gone() {
      clients.remove(fold(nick), this);
      rooms.values().stream()
          .filter(room -> room.members.remove(this))
          .forEach(room -> room.members.forEach(each -> each.say(prefix() + " QUIT :gone")));
    }

    private String prefix() {
      return ":" + nick + "!" + nick + "@old";
    }

    private void numeric(String number, String rest) {
      say(":" + NAME + " " + number + " " + (nick.isEmpty() ? "*" : nick) + " " + rest);
    }

    private void answer(String line) {
      String[] words = line.split(" ", 3);
      String target = words.length > 1 ? words[1].replaceFirst("^:", "") : "";
      String rest = words.length > 2 ? words[2].replaceFirst("^:", "") : "";
      switch (words[0].toUpperCase(Locale.ROOT)) {
        case "NICK" -> nick(target);
        case "USER" -> hasUser = true;
        case "PING" -> say(":" + NAME + " PONG " + NAME + " :" + target);
        case "JOIN" -> join(target);
        case "PART" -> part(target);
        case "PRIVMSG", "NOTICE" -> message(words[0].toUpperCase(Locale.ROOT), target, rest);
        case "TOPIC" -> toRoom(target, prefix() + " TOPIC " + target + " :" + rest);
        case "MODE" -> mode(target, rest);
        case "KICK" -> kick(target, rest);
        case "AWAY" -> away(line.contains(":") ? line.substring(line.indexOf(':') + 1) : "");
        case "WHOIS" -> whois(target);
        case "QUIT" -> close();
        case "PONG" -> {
          // It lives.
        }
        default -> numeric("421", words[0] + " :Unknown command");
      }
      if (!isWelcome && hasUser && !nick.isEmpty()) {
        isWelcome = true;
        numeric("001", ":Welcome");
        numeric("376", ":End of MOTD");
      }
    }

    private void nick(String wanted) {
      String cut = wanted.length() > NICK_LENGTH ? wanted.substring(0, NICK_LENGTH) : wanted;
      if (clients.containsKey(fold(cut))) {
        numeric("433", cut + " :Nickname is already in use");
        return;
      }
      if (isWelcome) {
        say(prefix() + " NICK :" + cut);
      }
      clients.remove(fold(nick), this);
      nick = cut;
      clients.put(fold(nick), this);
    }

    private void join(String name) {
      Room room = rooms.computeIfAbsent(fold(name), any -> new Room());
      if (room.inviteOnly) {
        numeric("473", name + " :Cannot join channel (+i)");
        return;
      }
      room.members.add(this);
      room.members.forEach(each -> each.say(prefix() + " JOIN " + name));
      StringBuilder names = new StringBuilder();
      room.members.forEach(each -> names.append(names.isEmpty() ? "@" : " ").append(each.nick));
      numeric("353", "= " + name + " :" + names);
      numeric("366", name + " :End of NAMES");
    }

    private void part(String name) {
      toRoom(name, prefix() + " PART " + name);
      room(name).ifPresent(room -> room.members.remove(this));
    }

    private Optional<Room> room(String name) {
      return Optional.ofNullable(rooms.get(fold(name))).filter(room -> room.members.contains(this));
    }

    private void toRoom(String name, String line) {
      Optional<Room> room = room(name);
      if (room.isEmpty()) {
        numeric("442", name + " :You're not on that channel");
      }
      room.ifPresent(there -> there.members.forEach(each -> each.say(line)));
    }

    private void message(String command, String target, String text) {
      String line = prefix() + " " + command + " " + target + " :" + text;
      if (target.startsWith("#")) {
        Optional<Room> room = room(target);
        if (room.isEmpty()) {
          numeric("404", target + " :Cannot send to channel");
        }
        room.stream()
            .flatMap(there -> there.members.stream())
            .filter(each -> each != this)
            .forEach(each -> each.say(line));
      } else if (clients.containsKey(fold(target))) {
        clients.get(fold(target)).say(line);
      } else {
        numeric("401", target + " :No such nick/channel");
      }
    }

    private void mode(String target, String modes) {
      if (modes.equals("+i")) {
        room(target).ifPresent(room -> room.inviteOnly = true);
        toRoom(target, prefix() + " MODE " + target + " +i");
      } else if (modes.isEmpty()) {
        numeric("324", target + " +");
      } else {
        numeric("472", modes + " :is unknown mode char to me");
      }
    }

    private void kick(String name, String rest) {
      String whom = rest.split(" ", 2)[0];
      toRoom(name, prefix() + " KICK " + name + " " + whom + " :out");
      Optional.ofNullable(clients.get(fold(whom)))
          .ifPresent(client -> room(name).ifPresent(room -> room.members.remove(client)));
    }

    private void away(String reason) {
      away = reason;
      numeric(reason.isEmpty() ? "305" : "306", ":away or not");
    }

    private void whois(String whom) {
      Optional.ofNullable(clients.get(fold(whom)))
          .filter(client -> !client.away.isEmpty())
          .ifPresent(client -> numeric("301", client.nick + " :" + client.away));
      numeric("318", whom + " :End of WHOIS");
    }

    private void say(String line) {
      try {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException gone) {
        close();
      }
    }

    private void close() {
      try {
        socket.close();
      } catch (IOException alreadyGone) {
        throw new UncheckedIOException(alreadyGone);
      }
    }
  }

  @Override
  public synchronized void close() {
    try {
      listener.close();
      for (Client each : clients.values()) {
        each.socket.close();
      }
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }
}
