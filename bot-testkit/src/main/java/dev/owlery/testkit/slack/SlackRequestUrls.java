package dev.owlery.testkit.slack;

import java.net.URI;

/**
 * Where an app that does not use Socket Mode wants its requests.
 *
 * @param events for the Events API
 * @param commands for slash commands
 * @param interactions for clicks and modals
 */
public record SlackRequestUrls(URI events, URI commands, URI interactions) {

  /**
   * One address for all.
   *
   * @param url the address
   * @return three times the same
   */
  public static SlackRequestUrls all(URI url) {
    return new SlackRequestUrls(url, url, url);
  }
}
