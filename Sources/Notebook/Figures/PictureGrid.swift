/// Pictures in rows, each with a caption, each row with a heading: inputs, reconstructions, crops.
///
/// ```swift
/// PictureGrid(
///   "Two views of each picture",
///   rows: [
///     PictureRow("first view", first.map { Picture($0.numbers, height: 28, width: 28) }),
///     PictureRow("second view", second.map { Picture($0.numbers, height: 28, width: 28) }),
///   ])
/// ```
public struct PictureGrid: Showable {
  /// The title.
  public var title: String
  /// The rows from top to bottom.
  public var rows: [PictureRow]

  /// Describes a grid.
  public init(_ title: String, rows: [PictureRow]) {
    self.title = title
    self.rows = rows
  }

  /// Describes a grid of one row without a heading.
  public init(_ title: String, pictures: [Picture]) {
    self.init(title, rows: [PictureRow("", pictures)])
  }
}

/// One row of a `PictureGrid`.
public struct PictureRow: Sendable, Equatable {
  /// The heading; empty for none.
  public var heading: String
  /// The pictures from left to right.
  public var pictures: [Picture]

  /// Makes a row.
  public init(_ heading: String, _ pictures: [Picture]) {
    self.heading = heading
    self.pictures = pictures
  }
}

/// A grey or RGB picture of numbers from 0 (dark) to 1 (bright).
///
/// Numbers outside are clamped; a number that is not finite is drawn as 0 and mentioned in the summary.
public struct Picture: Sendable, Equatable {
  /// The numbers, `[height, width, channels]`, row by row.
  public var numbers: [Float]
  /// The number of rows.
  public var height: Int
  /// The number of columns.
  public var width: Int
  /// 1 for grey, 3 for red, green and blue.
  public var channels: Int
  /// A text under the picture; empty for none.
  public var caption: String

  /// A picture from its numbers, `[height, width, channels]`.
  public init(
    _ numbers: [Float], height: Int, width: Int, channels: Int = 1, caption: String = "",
    file: StaticString = #filePath, line: UInt = #line
  ) {
    if height < 1 || width < 1 || ![1, 3].contains(channels)
      || numbers.count != height * width * channels
    {
      figureError(
        "a picture of \(numbers.count) numbers is not [\(height), \(width), \(channels)] "
          + "with 1 or 3 channels", file: file, line: line)
    }
    self.numbers = numbers
    self.height = height
    self.width = width
    self.channels = channels
    self.caption = caption
  }
}
