package dev.owlery.launcher;

import dev.owlery.api.http.Http;
import dev.owlery.api.http.HttpReply;
import dev.owlery.api.plugin.Plugin;
import jakarta.inject.Inject;

/** A plugin with one page. */
public final class PagePlugin implements Plugin {

  @Inject
  PagePlugin(Http http) {
    http.route("GET", "/page", request -> HttpReply.text(200, "a page\n"));
  }
}
