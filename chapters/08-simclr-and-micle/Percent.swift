import Notebook

/// A share as a whole number of hundredths.
func percent(_ share: some BinaryFloatingPoint) -> String {
  NumberStyle.percent(0).text(Double(share))
}
