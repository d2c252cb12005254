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

  /** Format of the project's CSV files, with newlines only. */
  public static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  /** The same format, for reading by column names. */
  public static final CSVFormat WITH_HEADER =
      FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();

  /** Creates or replaces a file atomically. */
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
