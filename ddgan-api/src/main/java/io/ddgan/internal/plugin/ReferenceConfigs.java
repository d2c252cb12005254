package io.ddgan.internal.plugin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.ddgan.plugin.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;

/** Reads the defaults in the {@code reference.conf} of jars. */
final class ReferenceConfigs {

  static final String NAME = "reference.conf";

  private ReferenceConfigs() {}

  /**
   * Reads and merges the files; values of earlier ones win.
   *
   * @throws PluginException if one is invalid; the message names its jar and line
   */
  static Config read(Enumeration<URL> files) throws IOException {
    try {
      Config merged = ConfigFactory.empty();
      for (URL url : Collections.list(files)) {
        merged = merged.withFallback(parse(url));
      }
      return merged.resolve();
    } catch (ConfigException e) {
      throw new PluginException("cannot read the defaults: " + e.getMessage(), e);
    }
  }

  private static Config parse(URL url) throws IOException {
    // acme.jar/reference.conf
    String origin = url.toString().replaceFirst(".*/([^/]+)!/", "$1/");
    URLConnection connection = url.openConnection();
    // A cached jar would stay open beyond its class loader.
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return ConfigFactory.parseString(
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          ConfigParseOptions.defaults().setOriginDescription(origin));
    }
  }
}
