package dev.owlery.core.plugin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLEncoder;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Classes and resources of one plugin jar, from memory: the file is not locked, may be replaced at
 * any time, and what was checked is what runs. Parallel capable.
 */
final class JarClassLoader extends ClassLoader implements AutoCloseable {

  static {
    registerAsParallelCapable();
  }

  private final String label;
  private volatile Map<String, byte[]> files;

  /**
   * Defines nothing yet.
   *
   * @param label a name that no other loader has
   * @param files contents by path
   * @param parent what the plugin sees beside itself
   */
  JarClassLoader(String label, Map<String, byte[]> files, ClassLoader parent) {
    super(label, parent);
    this.label = label;
    this.files = files;
  }

  String label() {
    return label;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] code = files.get(name.replace('.', '/') + ".class");
    if (code == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, code, 0, code.length);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    byte[] content = files.get(name);
    return content == null ? null : url(name, content);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  /** Lets go of the contents. What is loaded goes on until it is collected. */
  @Override
  public void close() {
    files = Map.of();
  }

  private URL url(String name, byte[] content) {
    String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/");
    try {
      return URL.of(URI.create("owlery-plugin:/" + label + "/" + path), new MemoryUrls(content));
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a resource that is in memory. */
  private static final class MemoryUrls extends URLStreamHandler {
    private final byte[] content;

    private MemoryUrls(byte[] content) {
      this.content = content;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(content);
        }

        @Override
        public long getContentLengthLong() {
          return content.length;
        }
      };
    }
  }
}
