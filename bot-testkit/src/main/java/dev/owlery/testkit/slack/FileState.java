package dev.owlery.testkit.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** A file, from the moment that an address for its bytes was given out. */
record FileState(
    String id,
    String name,
    String title,
    String owner,
    long created,
    ByteBuffer bytes,
    boolean isUploaded,
    Set<String> channels) {

  FileState {
    channels = Set.copyOf(channels);
  }

  FileState uploaded(byte[] all) {
    ByteBuffer kept = ByteBuffer.wrap(all.clone()).asReadOnlyBuffer();
    return new FileState(id, name, title, owner, created, kept, true, channels);
  }

  byte[] content() {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }

  FileState shared(String newTitle, Set<String> where) {
    return new FileState(id, name, newTitle, owner, created, bytes, isUploaded, where);
  }

  private String type() {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "binary" : name.substring(dot + 1);
  }

  ObjectNode json(String baseUrl) {
    String address = baseUrl + "files-pri/" + id + "/" + name.replaceAll("[^A-Za-z0-9._-]", "_");
    ObjectNode file =
        JsonNodes.object()
            .put("id", id)
            .put("created", created)
            .put("timestamp", created)
            .put("name", name)
            .put("title", title)
            .put("mimetype", type().equals("txt") ? "text/plain" : "application/octet-stream")
            .put("filetype", type())
            .put("user", owner)
            .put("mode", "hosted")
            .put("editable", false)
            .put("is_external", false)
            .put("is_public", true)
            .put("size", bytes.remaining())
            .put("url_private", address)
            .put("url_private_download", address + "?download=1")
            .put("permalink", baseUrl + "files/" + id);
    file.set("channels", JsonNodes.array(List.copyOf(channels)));
    return file;
  }
}
