extension PageSession {
  /// Takes from a cell that is complete the numbers that the text points at.
  mutating func takeNumbers(from cell: RunRecord.Cell) throws(PageError) {
    let numbers = cell.output.flatMap(\.namedNumbers)
    for value in document.values {
      guard let reference = value.reference, reference.cell == cell.name,
        record.numbers[value.name] == nil
      else { continue }
      do throws(NumberReference.Miss) {
        let number = try reference.find(in: numbers)
        record.numbers[value.name] = RunRecord.Number(
          text: reference.text(number), tolerance: tolerance(of: reference, orElse: number),
          source: cell.source)
      } catch {
        guard isInFullRunOnly(reference, missing: error.name) else {
          throw PageError(
            page: document.path, line: value.line, message: "“\(value.name)” \(error.text)")
        }
        record.absent.insert(value.name)
      }
    }
  }

  /// The tolerance by the spread that the page's own table shows, or else this run's.
  private func tolerance(
    of reference: NumberReference, orElse number: NamedNumber
  ) -> Tolerance? {
    let woven = document.cell(reference.cell)?.namedNumbers ?? []
    let shown = try? reference.find(in: woven)
    return reference.tolerance(shown ?? number)
  }

  /// Whether a place that this run lacks can be there in a full run: a shorter one may have fewer rows.
  private func isInFullRunOnly(_ reference: NumberReference, missing: String?) -> Bool {
    guard !options.isFull, let cell = document.cell(reference.cell) else { return false }
    // Nothing woven yet: a number of labels or of steps may differ, a name may not.
    guard cell.isWoven else { return missing?.first?.isNumber == true }
    return cell.hasFigures || (try? reference.find(in: cell.namedNumbers)) != nil
  }
}
