package io.ddgan.internal.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts each included file below a key of its own, so that the parser merges it with nothing. */
final class MarkingIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {

  /** No file can spell it by accident. */
  private static final String MARK = "\u0000include ";

  private final Optional<ConfigIncluder> reader;
  private final AtomicInteger included;

  MarkingIncluder() {
    this(Optional.empty(), new AtomicInteger());
  }

  private MarkingIncluder(Optional<ConfigIncluder> reader, AtomicInteger included) {
    this.reader = reader;
    this.included = included;
  }

  /** Which of the includes a key stands for, in the order of the file; empty for other keys. */
  static Optional<Integer> number(String key) {
    return key.startsWith(MARK)
        ? Optional.of(Integer.valueOf(key.substring(MARK.length())))
        : Optional.empty();
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    ConfigIncluder next = reader.map(before -> before.withFallback(fallback)).orElse(fallback);
    return new MarkingIncluder(Optional.of(next), included);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return marked(reader.orElseThrow().include(context, what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return marked(((ConfigIncluderFile) reader.orElseThrow()).includeFile(context, what));
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return marked(((ConfigIncluderClasspath) reader.orElseThrow()).includeResources(context, what));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return marked(((ConfigIncluderURL) reader.orElseThrow()).includeURL(context, what));
  }

  private ConfigObject marked(ConfigObject file) {
    return ConfigFactory.empty().root().withValue(MARK + included.getAndIncrement(), file);
  }
}
