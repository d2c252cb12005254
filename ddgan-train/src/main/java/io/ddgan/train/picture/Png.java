package io.ddgan.train.picture;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes pictures without a display and without the system's fonts. */
public final class Png {

  private static final String FORMAT = "png";
  private static final String METADATA = "javax_imageio_png_1.0";
  private static final String TEXTS = "tEXt";
  private static final String TEXT = "tEXtEntry";
  private static final String FOREIGN_TEXTS = "iTXt";
  private static final String FOREIGN_TEXT = "iTXtEntry";
  private static final String KEYWORD = "keyword";
  private static final String VALUE = "value";

  /** The keyword that the format has for what a picture shows. */
  private static final String DESCRIPTION = "Description";

  private Png() {}

  /**
   * Writes a picture.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(BufferedImage image, Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, FORMAT, png);
          }
        });
  }

  /**
   * Writes a picture that says what it shows.
   *
   * @throws IOException if the file cannot be written
   */
  static void write(BufferedImage image, String description, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(FORMAT).next();
    try {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      IIOMetadataNode root = new IIOMetadataNode(METADATA);
      root.appendChild(
          StandardCharsets.ISO_8859_1.newEncoder().canEncode(description)
              ? latin(description)
              : foreign(description));
      metadata.mergeTree(METADATA, root);
      AtomicFile.write(
          file,
          out -> {
            try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
              writer.setOutput(png);
              writer.write(new IIOImage(image, null, metadata));
            }
          });
    } finally {
      writer.dispose();
    }
  }

  private static IIOMetadataNode latin(String description) {
    IIOMetadataNode text = new IIOMetadataNode(TEXT);
    text.setAttribute(KEYWORD, DESCRIPTION);
    text.setAttribute(VALUE, description);
    return parent(TEXTS, text);
  }

  /** The format's texts of other letters than Latin ones are of another kind. */
  private static IIOMetadataNode foreign(String description) {
    IIOMetadataNode text = new IIOMetadataNode(FOREIGN_TEXT);
    text.setAttribute(KEYWORD, DESCRIPTION);
    text.setAttribute("compressionFlag", "FALSE");
    text.setAttribute("compressionMethod", "0");
    text.setAttribute("languageTag", "");
    text.setAttribute("translatedKeyword", "");
    text.setAttribute("text", description);
    return parent(FOREIGN_TEXTS, text);
  }

  private static IIOMetadataNode parent(String name, IIOMetadataNode child) {
    IIOMetadataNode parent = new IIOMetadataNode(name);
    parent.appendChild(child);
    return parent;
  }

  /**
   * What a picture shows, if it says so.
   *
   * @throws IOException if the file cannot be read
   */
  public static Optional<String> description(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(FORMAT).next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      Element metadata = (Element) reader.getImageMetadata(0).getAsTree(METADATA);
      return Stream.concat(
              descriptions(metadata.getElementsByTagName(TEXT), VALUE),
              descriptions(metadata.getElementsByTagName(FOREIGN_TEXT), "text"))
          .findFirst();
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    } finally {
      reader.dispose();
    }
  }

  private static Stream<String> descriptions(NodeList texts, String value) {
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> (Element) texts.item(i))
        .filter(text -> text.getAttribute(KEYWORD).equals(DESCRIPTION))
        .map(text -> text.getAttribute(value));
  }
}
