package io.ddgan.cli.command;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option for the threads of this process; parsing checks that they are in the environment. */
final class ThreadsOption implements ITypeConverter<Integer> {

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = ThreadsOption.class,
      description =
          "Number of threads (default: one per core). The last bits of results may depend on it.")
  private Optional<Integer> count = Optional.empty();

  Optional<Integer> count() {
    return count;
  }

  @Override
  public Integer convert(String word) {
    Integer threads = new Positive().convert(word);
    if (!word.equals(System.getenv("OMP_NUM_THREADS"))) {
      throw new TypeConversionException(
          "must be known before Java starts; start it with the script ddgan, or set the environment variable OMP_NUM_THREADS="
              + word);
    }
    return threads;
  }
}
