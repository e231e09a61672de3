import TensorCore

/// The date that a camera prints into a corner of a picture.
public enum DateStamp {
  /// Digits of three by five pixels, a row of bits for each of their rows.
  private static let digits: [[UInt8]] = [
    [7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 3, 1, 7], [5, 5, 7, 1, 1],
    [7, 4, 7, 1, 7], [7, 4, 7, 5, 7], [7, 1, 1, 2, 2], [7, 5, 7, 5, 7], [7, 5, 7, 1, 7],
  ]
  /// The size of two digits, with a pixel between them.
  static let size = (width: 7, height: 5)

  /// Prints a day of the month, by lot, into the lower right corner of pictures, one pixel from its edges.
  ///
  /// - Parameters:
  ///   - pictures: in colour, 9 × 7 pixels or more.
  ///   - random: where the days come from.
  /// - Returns: the pictures with orange digits on them.
  public static func printed(on pictures: Pictures, using random: inout Random) -> Pictures {
    if pictures.channels != 3 || pictures.width < size.width + 2
      || pictures.height < size.height + 2
    {
      fatalError(
        "DateStamp: pictures of \(pictures.height) × \(pictures.width) × \(pictures.channels)")
    }
    var pixels = pictures.pixels
    let (left, top) = (pictures.width - size.width - 1, pictures.height - size.height - 1)
    for picture in 0..<pictures.count {
      let day = 1 + random.integer(below: 31)
      for (place, digit) in [day / 10, day % 10].enumerated() {
        for row in 0..<5 {
          for column in 0..<3 where digits[digit][row] & (4 >> UInt8(column)) != 0 {
            let at =
              (picture * pictures.height + top + row) * pictures.width + left + 4 * place + column
            (pixels[3 * at], pixels[3 * at + 1], pixels[3 * at + 2]) = (1, 0.6, 0.1)
          }
        }
      }
    }
    return pictures.with(pixels: pixels)
  }

  /// Paints grey over the place of the stamp in all four corners, as a remedy.
  ///
  /// Wherever a turn takes the stamp, nothing is seen of it, and the four corners look alike.
  public static func covered(_ pictures: Pictures) -> Pictures {
    var pixels = pictures.pixels
    // A square in each corner, since a turn swaps width and height.
    let side = size.width + 1
    for picture in 0..<pictures.count {
      for y in 0..<pictures.height where y < side || y >= pictures.height - side {
        for x in 0..<pictures.width where x < side || x >= pictures.width - side {
          let at = ((picture * pictures.height + y) * pictures.width + x) * pictures.channels
          for channel in 0..<pictures.channels { pixels[at + channel] = 0.5 }
        }
      }
    }
    return pictures.with(pixels: pixels)
  }
}

extension Pictures {
  /// Pictures of the same shape and with the same labels.
  func with(pixels: [Float]) -> Pictures {
    Pictures(
      height: height, width: width, channels: channels, pixels: pixels, labels: labels,
      classNames: classNames)
  }
}
