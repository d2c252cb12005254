package io.ddgan.internal.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses what HOCON would pass over or go round in: includes of what is not there, which would
 * silently be another experiment, and files that include themselves.
 */
final class StrictIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {

  private final Optional<ConfigIncluder> reader;

  /** What is being read now, the innermost first. */
  private final Deque<IncludedSource> reading;

  /**
   * An includer for one configuration.
   *
   * @param outermost what is read first
   */
  StrictIncluder(IncludedSource outermost) {
    this(Optional.empty(), new ArrayDeque<>(List.of(outermost)));
  }

  private StrictIncluder(Optional<ConfigIncluder> reader, Deque<IncludedSource> reading) {
    this.reader = reader;
    this.reading = reading;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return reader.isPresent() ? this : new StrictIncluder(Optional.of(fallback), reading);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return read(
        neighbour(context, what),
        what,
        context,
        strict -> reader.orElseThrow().include(strict, what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return read(
        IncludedSource.of(what.toPath().normalize()),
        what.toString(),
        context,
        strict -> ((ConfigIncluderFile) reader.orElseThrow()).includeFile(strict, what));
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return read(
        IncludedSource.of("the resource " + what),
        what,
        context,
        strict -> ((ConfigIncluderClasspath) reader.orElseThrow()).includeResources(strict, what));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return read(
        IncludedSource.of(what.toString()),
        what.toString(),
        context,
        strict -> ((ConfigIncluderURL) reader.orElseThrow()).includeURL(strict, what));
  }

  /** What a name without a kind means: a file beside the one that includes it, or a resource. */
  private static IncludedSource neighbour(ConfigIncludeContext context, String what) {
    boolean isWhole = what.matches(".*\\.(conf|json|properties)");
    ConfigParseable neighbour = context.relativeTo(isWhole ? what : what + ".conf");
    return neighbour == null || neighbour.origin().filename() == null
        ? IncludedSource.of(what)
        : IncludedSource.of(Path.of(neighbour.origin().filename()).normalize());
  }

  private ConfigObject read(
      IncludedSource included,
      String written,
      ConfigIncludeContext context,
      Function<ConfigIncludeContext, ConfigObject> read) {
    IncludedSource including = reading.element();
    if (reading.stream().anyMatch(included::is)) {
      throw refusal(including, written, "which includes itself: " + circle(included));
    }
    reading.push(included);
    try {
      return read.apply(context.setParseOptions(context.parseOptions().setAllowMissing(false)));
    } catch (ConfigException.IO e) {
      throw refusal(including, written, included.whyUnreadable());
    } finally {
      reading.pop();
    }
  }

  private String circle(IncludedSource again) {
    StringBuilder names = new StringBuilder();
    Iterator<IncludedSource> inwards = reading.descendingIterator();
    while (inwards.hasNext()) {
      IncludedSource next = inwards.next();
      if (!names.isEmpty() || next.is(again)) {
        names.append(next.name()).append(" > ");
      }
    }
    return names + again.name();
  }

  private static ConfigurationException refusal(
      IncludedSource including, String written, String why) {
    return new ConfigurationException(
        new Problem(including.placeOf(written), "", "includes \"%s\", %s".formatted(written, why)));
  }
}
