package io.ddgan.cli.command;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The option for the threads of this process. The launcher script reads it before Java starts, as
 * the native library takes their number from the environment.
 */
final class ThreadsOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Checked.class,
      description =
          "Number of threads (default: one per core). The last bits of results may depend on it.")
  private Optional<Integer> count = Optional.empty();

  Optional<Integer> count() {
    return count;
  }

  /** Parses the number and checks that it is in the environment. */
  private static final class Checked implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String word) {
      Integer threads = new Positive().convert(word);
      if (!threads.toString().equals(System.getenv("OMP_NUM_THREADS"))) {
        throw new TypeConversionException(
            "must be known before Java starts; start it with the script ddgan, or set the environment variable OMP_NUM_THREADS=%d"
                .formatted(threads));
      }
      return threads;
    }
  }
}
