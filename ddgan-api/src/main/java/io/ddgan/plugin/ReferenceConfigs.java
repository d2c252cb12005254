package io.ddgan.plugin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The defaults that jars bring along in their {@code reference.conf}. */
final class ReferenceConfigs {

  private static final String NAME = "reference.conf";

  private ReferenceConfigs() {}

  /** Merges the files that class loaders see; a value of an earlier loader wins. */
  static Config read(List<ClassLoader> loaders) {
    try {
      Config merged = ConfigFactory.empty();
      for (URL url : urls(loaders)) {
        merged = merged.withFallback(parse(url));
      }
      return merged.resolve();
    } catch (IOException | ConfigException e) {
      throw new PluginException("a plug-in's defaults cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<URL> urls(List<ClassLoader> loaders) throws IOException {
    // By name, because two URLs are compared by looking their hosts up.
    Map<String, URL> urls = new LinkedHashMap<>();
    for (ClassLoader loader : loaders) {
      Collections.list(loader.getResources(NAME)).forEach(url -> urls.put(url.toString(), url));
    }
    return List.copyOf(urls.values());
  }

  private static Config parse(URL url) throws IOException {
    String origin = Jars.holding(url, NAME) + "/" + NAME;
    try (InputStream in = url.openStream()) {
      return ConfigFactory.parseString(
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          ConfigParseOptions.defaults().setOriginDescription(origin));
    }
  }
}
