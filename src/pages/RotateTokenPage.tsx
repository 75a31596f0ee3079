import type { CreateTokenFormProps } from '../components/CreateTokenForm'
import { RotateFlow } from '../components/RotateFlow'
import { RotateForm } from '../components/RotateForm'
import { tokenNameError } from '../components/TokenNameField'

/** A successor for a token of a cPanel account. */
export function RotateTokenPage() {
  return <RotateFlow Form={Form} />
}

function Form(props: CreateTokenFormProps) {
  return <RotateForm {...props} nameErrorOf={tokenNameError} />
}
