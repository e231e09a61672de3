extension Module {
  /// A table of what the model is made of: a row for each parameter and buffer, and the total.
  ///
  /// With an example input the shapes that leave the layers of a `Sequential` are shown as well:
  ///
  /// ```
  /// path      kind    shape      parameters
  /// 0         Linear  → [8, 64]      50,240
  /// 0.weight          [784, 64]      50,176
  /// 0.bias            [64]               64
  /// …
  /// total                            50,890
  /// ```
  public func summary() -> String { table([:]) }

  fileprivate func table(_ outputs: [ObjectIdentifier: [Int]]) -> String {
    var rows = [["path", "kind", "shape", "parameters"]]
    var met: Set<ObjectIdentifier> = []
    for (path, part) in everyPart {
      if let module = part as? any Module, !path.isEmpty {
        let output = outputs[ObjectIdentifier(module)]
        let count = module.parameterCount
        rows.append([
          path, "\(type(of: module))", output.map { "→ \($0)" } ?? "",
          count > 0 ? grouped(count) : "",
        ])
      } else if let variable = part as? Variable, met.insert(ObjectIdentifier(variable)).inserted {
        rows.append([
          path, variable.needsGradient ? "" : "buffer", "\(variable.shape)",
          variable.needsGradient ? grouped(variable.value.count) : "",
        ])
      }
    }
    rows.append(["total", "", "", grouped(parameterCount)])
    return aligned(rows)
  }
}

extension Layer {
  /// The table of `summary()`, with the shapes that an example input takes on its way.
  ///
  /// - Parameter input: an example; the batch may be small.
  /// - Returns: the table as plain text.
  public func summary(of input: Tensor) -> String {
    let trace = ShapeTrace()
    let output = evaluating { ShapeTrace.$current.withValue(trace) { self(Variable(input)) } }
    let table = table(trace.shapes)
    return "\(table)\ninput \(input.shape), output \(output.shape)"
  }
}

/// Notes the shapes that leave the layers of a `Sequential` while a summary is made.
final class ShapeTrace: @unchecked Sendable {  // Lives within one call of `summary(of:)`.
  @TaskLocal static var current: ShapeTrace?
  private(set) var shapes: [ObjectIdentifier: [Int]] = [:]

  func record(_ layer: any Layer, _ shape: [Int]) { shapes[ObjectIdentifier(layer)] = shape }
}

/// A number with a comma before every three digits.
private func grouped(_ number: Int) -> String {
  var digits = Array("\(number)")
  for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
  return String(digits)
}

/// Rows as text, each column as wide as its widest cell, the last one flush right.
private func aligned(_ rows: [[String]]) -> String {
  let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    var line = ""
    for (column, cell) in row.enumerated() {
      let space = String(repeating: " ", count: widths[column] - cell.count)
      line += column == row.count - 1 ? space + cell : cell + space + "  "
    }
    return line
  }.joined(separator: "\n")
}
