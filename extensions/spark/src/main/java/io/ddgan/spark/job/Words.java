package io.ddgan.spark.job;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of words that may have any letters, between the sweep and its driver. */
public final class Words {

  private Words() {}

  /** The line of some words, none of which is all that there is and empty. */
  public static String line(List<String> words) {
    return words.stream()
        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }

  /** The words of a line. */
  public static List<String> of(String line) {
    return line.isEmpty()
        ? List.of()
        : Stream.of(line.split(" ", -1))
            .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
            .toList();
  }
}
