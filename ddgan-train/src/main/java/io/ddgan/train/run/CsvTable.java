package io.ddgan.train.run;

import io.ddgan.internal.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table of comma-separated values. */
public record CsvTable(List<String> header, List<? extends Iterable<?>> rows) {

  /** What such a file looks like. */
  public static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  /** The same for a reader who asks for cells by the names of their columns. */
  public static final CSVFormat WITH_HEADER =
      FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();

  /** Replaces a file as a whole. */
  public void write(Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CSVPrinter printer = new CSVPrinter(writer, FORMAT);
          printer.printRecord(header);
          printer.printRecords(rows);
          printer.flush();
        });
  }
}
