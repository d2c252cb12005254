package io.ddgan.train.run;

import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.TerminalEscape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The classes of a run's data, by number and, if they have names, by name. */
public record RunClasses(int count, List<String> names) {

  /** Maximum number of classes in a message. */
  private static final int LISTED = 20;

  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

  public RunClasses {
    names = List.copyOf(names);
  }

  /** Reads the classes of a run's folder. */
  public static RunClasses of(RunFolder folder, int count) throws IOException {
    Object noted =
        Files.exists(folder.provenance())
            ? Provenance.read(folder.provenance()).origin().get(Provenance.CLASSES)
            : List.of();
    return noted instanceof List<?> names && names.size() == count
        ? new RunClasses(count, names.stream().map(Object::toString).toList())
        : new RunClasses(count, List.of());
  }

  /** Returns the classes of a data set; none if it has none. */
  public static RunClasses of(OpenDataset data) {
    return data.labels()
        .map(labels -> new RunClasses(labels.classes(), labels.names().orElse(List.of())))
        .orElse(new RunClasses(0, List.of()));
  }

  /** Returns the names of the classes in order, or else their numbers. */
  public List<String> all() {
    return names.isEmpty() ? IntStream.range(0, count).mapToObj(Integer::toString).toList() : names;
  }

  /** Returns a class's number, with its name if it has one: {@code 9 (Ankle boot)}. */
  public String title(int label) {
    return names.isEmpty() ? Integer.toString(label) : "%d (%s)".formatted(label, names.get(label));
  }

  /** Returns a folder name for a class, of number and name: {@code 9-ankle-boot}. */
  public String folder(int label) {
    int digits = Integer.toString(count - 1).length();
    String number = ("%0" + digits + "d").formatted(label);
    String plain = plain(names.isEmpty() ? "" : names.get(label));
    return plain.isEmpty() ? number : number + "-" + plain;
  }

  /**
   * Returns the number of a class.
   *
   * @param nameOrNumber a class's name, in any case and with any separators, or its number, from 0
   * @throws RefusedException if there is no such class; the message lists the classes
   */
  public int number(String nameOrNumber) {
    return only(nameOrNumber::equals)
        .or(() -> only(name -> plain(name).equals(plain(nameOrNumber))))
        .or(() -> number(nameOrNumber, count))
        .orElseThrow(
            () ->
                new RefusedException(
                    "there is no class '%s'; choose from %s"
                        .formatted(TerminalEscape.of(nameOrNumber), listed())));
  }

  private Optional<Integer> only(Predicate<String> condition) {
    List<Integer> found =
        IntStream.range(0, names.size()).filter(i -> condition.test(names.get(i))).boxed().toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static Optional<Integer> number(String nameOrNumber, int count) {
    return nameOrNumber.matches("\\d{1,9}") && Integer.parseInt(nameOrNumber) < count
        ? Optional.of(Integer.valueOf(nameOrNumber))
        : Optional.empty();
  }

  private static String plain(String name) {
    return SEPARATORS
        .matcher(name.toLowerCase(Locale.ROOT))
        .replaceAll("-")
        .replaceAll("^-|-$", "");
  }

  private String listed() {
    if (names.isEmpty()) {
      return "0 to " + (count - 1);
    }
    String some =
        IntStream.range(0, Math.min(count, LISTED))
            .mapToObj(this::title)
            .collect(Collectors.joining(", "));
    return count > LISTED ? "%s, and %,d more".formatted(some, count - LISTED) : some;
  }
}
