extension PictureGrid {
  /// The grid as SVG; each picture keeps its pixels, drawn with sharp edges.
  public func svg() -> String? {
    var drawing = SVGDrawing(title: title, summary: summary)
    let longest = rows.map(\.pictures.count).max() ?? 0
    let room = SVGDrawing.width - 2 * SVGDrawing.margin
    guard longest > 0 else {
      drawing.height += 30
      drawing.text(
        "no pictures", x: SVGDrawing.width / 2, y: drawing.height - 10, anchor: .middle,
        isMuted: true)
      drawing.height += 10
      return drawing.document()
    }
    let gap = 8.0
    let layout = Self.layout(count: longest, room: room, gap: gap, smallest: 42, largest: 104)
    for chunk in stride(from: 0, to: longest, by: layout.perLine) {
      for row in rows where row.pictures.count > chunk {
        if !row.heading.isEmpty {
          for line in TextMeasure.wrapped(row.heading, width: room, size: 14) {
            drawing.height += 19
            drawing.text(line, x: SVGDrawing.margin, y: drawing.height - 5)
          }
        }
        let pictures = row.pictures[chunk..<min(row.pictures.count, chunk + layout.perLine)]
        drawStrip(Array(pictures), size: layout.size, gap: gap, on: &drawing)
      }
    }
    drawing.height += 4
    return drawing.document()
  }

  /// How many pictures stand beside each other and how wide they are: lines of nearly equal length.
  static func layout(
    count: Int, room: Double, gap: Double, smallest: Double, largest: Double
  ) -> (perLine: Int, size: Double) {
    var lines = 1
    while true {
      let perLine = (count + lines - 1) / lines
      let size = (room - gap * Double(perLine - 1)) / Double(perLine)
      if size >= smallest || perLine == 1 { return (perLine, min(size, largest)) }
      lines += 1
    }
  }

  private func drawStrip(
    _ pictures: [Picture], size: Double, gap: Double, on drawing: inout SVGDrawing
  ) {
    let top = drawing.height + 2
    var height = 0.0
    for (index, picture) in pictures.enumerated() {
      let x = SVGDrawing.margin + Double(index) * (size + gap)
      let tall = size * Double(picture.height) / Double(picture.width)
      drawing.image(picture.png(), x: x, y: top, width: size, height: tall)
      var lines = TextMeasure.wrapped(picture.caption, width: size + gap - 2, size: 12)
      if lines.count > 3 { lines = Array(lines.prefix(2)) + [lines[2] + "…"] }
      for (row, line) in lines.enumerated() {
        drawing.text(
          line, x: x + size / 2, y: top + tall + 13 + Double(row) * 14, anchor: .middle,
          style: .small, isMuted: true)
      }
      height = max(height, tall + Double(lines.count) * 14 + (lines.isEmpty ? 0 : 4))
    }
    drawing.height = top + height + 8
  }
}

extension Picture {
  /// The picture as a PNG file, a pixel for each number or three.
  func png() -> [UInt8] {
    let bytes = numbers.map { value -> UInt8 in
      value.isFinite ? UInt8((min(1, max(0, value)) * 255).rounded()) : 0
    }
    return PNG.encoded(bytes, width: width, height: height, channels: channels)
  }
}
