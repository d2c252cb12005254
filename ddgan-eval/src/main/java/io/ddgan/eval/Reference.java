package io.ddgan.eval;

import io.ddgan.api.Examples;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Labels;
import io.ddgan.api.Moments;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What generated examples are compared with: a data set, only the statistics of its features, or
 * nothing.
 *
 * @param name what people call it
 * @param opened the data set, if it is here, which is closed with this
 * @param moments mean and covariance of its features, if only they are known
 */
public record Reference(String name, Optional<Examples> opened, Optional<Moments> moments)
    implements AutoCloseable {

  /** A data set. */
  public static Reference of(String name, Examples examples) {
    return new Reference(name, Optional.of(examples), Optional.empty());
  }

  /** Nothing, for metrics that compare with nothing. */
  public static Reference none() {
    return new Reference("nothing", Optional.empty(), Optional.empty());
  }

  /** The examples of the data set that generated ones are compared with. */
  public Optional<Examples> examples() {
    return opened.map(Examples::reference);
  }

  /** The classes of these examples, if they are known. */
  Optional<Labels> labels() {
    return examples().flatMap(Examples::labels);
  }

  /**
   * Identifies it; this may read the whole data set.
   *
   * @return a SHA-256 in hexadecimal digits
   */
  String fingerprint() throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    if (opened.isPresent()) {
      fingerprint.add(opened.get().reference().fingerprint());
    }
    moments.ifPresent(
        known ->
            fingerprint
                .add(Arrays.toString(known.mean()))
                .add(Arrays.toString(known.covariance())));
    return fingerprint.hex();
  }

  @Override
  public void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }
}
