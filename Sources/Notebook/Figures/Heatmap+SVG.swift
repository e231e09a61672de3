extension Heatmap {
  /// The matrix as SVG: cells with their numbers where they fit, and a key to the colours.
  public func svg() -> String? {
    var drawing = SVGDrawing(title: title, summary: summary)
    let columnCount = values.first?.count ?? 0
    guard columnCount > 0 else {
      drawing.height += 30
      drawing.text(
        "no data", x: SVGDrawing.width / 2, y: drawing.height - 10, anchor: .middle, isMuted: true)
      drawing.height += 10
      return drawing.document()
    }
    let names = rowLabels.map { TextMeasure.truncated($0, width: 110, size: 13) }
    let nameWidth = names.map { TextMeasure.width($0, size: 13) }.max() ?? 0
    let axisWidth = rowsAre.isEmpty ? 0.0 : 18.0
    let left = SVGDrawing.margin + axisWidth + (nameWidth > 0 ? nameWidth + 6 : 0)
    // A small matrix does not fill the width, and a tall one not more than a screen.
    let cell = min(
      46, (SVGDrawing.width - SVGDrawing.margin - left) / Double(columnCount),
      max(4, 460 / Double(values.count)))
    drawColumnHeads(left: left, cell: cell, on: &drawing)
    let top = drawing.height
    if !rowsAre.isEmpty {
      let middle = top + cell * Double(values.count) / 2
      let label = TextMeasure.truncated(
        rowsAre, width: max(60, cell * Double(values.count)), size: 13)
      drawing.text(
        label, x: SVGDrawing.margin + 11, y: middle, anchor: .middle, style: .tick, isMuted: true,
        rotation: -90)
    }
    let step = max(1, Int((13 / cell).rounded(.up)))
    for (row, name) in names.enumerated() where row.isMultiple(of: step) {
      drawing.text(
        name, x: left - 6, y: top + cell * (Double(row) + 0.5) + 4.5, anchor: .end, style: .tick)
    }
    drawCells(left: left, top: top, cell: cell, on: &drawing)
    drawing.height = top + cell * Double(values.count) + 8
    drawKey(left: left, width: min(220, SVGDrawing.width - left - 60), on: &drawing)
    return drawing.document()
  }

  private func drawCells(left: Double, top: Double, cell: Double, on drawing: inout SVGDrawing) {
    let texts = valueTexts
    let widest = texts.joined().map { TextMeasure.width($0, size: 12) }.max() ?? 0
    let showsNumbers = (showsValues ?? true) && widest + 4 <= cell && cell >= 16
    let scale = scale
    let count = values[0].count
    if !showsNumbers && values.count * count > 300 {
      let empty = Colour(0x808080)
      let pixels = values.joined().flatMap { value -> [UInt8] in
        let colour = value.isFinite ? scale.colour(value) : empty
        return [colour.red, colour.green, colour.blue]
      }
      drawing.image(
        PNG.encoded(pixels, width: count, height: values.count, channels: 3), x: left, y: top,
        width: cell * Double(count), height: cell * Double(values.count))
      return
    }
    // A fine gap, so that equal neighbours remain two cells.
    let gap = cell > 10 ? 1.0 : 0
    for (row, rowValues) in values.enumerated() {
      for (column, value) in rowValues.enumerated() {
        let (x, y) = (left + cell * Double(column), top + cell * Double(row))
        guard value.isFinite else {
          drawing.rectangle(
            x: x + 1, y: y + 1, width: cell - 2, height: cell - 2, css: "axis")
          continue
        }
        drawing.rectangle(
          x: x, y: y, width: cell - gap, height: cell - gap, fill: scale.colour(value))
        if showsNumbers {
          drawing.text(
            NumberText.typeset(texts[row][column]), x: x + (cell - gap) / 2, y: y + cell / 2 + 4,
            anchor: .middle, style: .small, fill: scale.ink(on: value))
        }
      }
    }
  }

  private func drawColumnHeads(left: Double, cell: Double, on drawing: inout SVGDrawing) {
    if !columnsAre.isEmpty {
      drawing.height += 18
      let width = cell * Double(values[0].count)
      let textWidth = TextMeasure.width(columnsAre, size: 13)
      let centre = min(left + width / 2, SVGDrawing.width - 6 - textWidth / 2)
      drawing.text(
        columnsAre, x: max(centre, 6 + textWidth / 2), y: drawing.height - 4, anchor: .middle,
        style: .tick, isMuted: true)
    }
    guard !columnLabels.isEmpty else {
      drawing.height += 4
      return
    }
    let names = columnLabels.map { TextMeasure.truncated($0, width: 90, size: 13) }
    let widest = names.map { TextMeasure.width($0, size: 13) }.max() ?? 0
    let step = max(1, Int((13 / cell).rounded(.up)))
    let isUpright = widest + 4 <= cell
    drawing.height += isUpright ? 20 : widest + 10
    for (column, name) in names.enumerated() where column.isMultiple(of: step) {
      let x = left + cell * (Double(column) + 0.5)
      if isUpright {
        drawing.text(name, x: x, y: drawing.height - 5, anchor: .middle, style: .tick)
      } else {
        drawing.text(name, x: x + 4.5, y: drawing.height - 5, style: .tick, rotation: -90)
      }
    }
  }

  private func drawKey(left: Double, width: Double, on drawing: inout SVGDrawing) {
    let scale = scale
    guard scale.upper > scale.lower else {
      drawing.height += 4
      return
    }
    let parts = 32
    for part in 0..<parts {
      let share = (Double(part) + 0.5) / Double(parts)
      drawing.rectangle(
        x: left + width * Double(part) / Double(parts), y: drawing.height,
        width: width / Double(parts) + 0.3, height: 9,
        fill: scale.colour(scale.lower + (scale.upper - scale.lower) * share))
    }
    let marks = scale.hasBothSigns ? [scale.lower, 0, scale.upper] : [scale.lower, scale.upper]
    for (index, value) in marks.enumerated() {
      let x = left + width * Double(index) / Double(marks.count - 1)
      drawing.text(
        NumberText.typeset(NumberText.short(value)), x: x, y: drawing.height + 22, anchor: .middle,
        style: .small, isMuted: true)
    }
    drawing.height += 32
  }
}
